package org.godwit.app.workbench;

import org.godwit.app.action.ActionList;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.app.palette.ProgramLibrary;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;

/**
 * What a panel gets to work with.
 *
 * @param bridge the engine: frames up, commands down
 * @param selection what is selected, everywhere
 * @param messages the texts
 * @param theme colours, fonts, sizes
 * @param notices messages to the user
 * @param actions everything the window can do
 * @param verbs what can be done to processes and nodes, with notices
 * @param programs program cards: title, slot, monogram, source
 * @param looks colour and monogram of every program, the same everywhere
 * @param desk the window
 */
public record WorkbenchContext(
    EngineBridge bridge,
    SelectionModel selection,
    Messages messages,
    Theme theme,
    NoticeBoard notices,
    ActionList actions,
    ClusterVerbs verbs,
    ProgramLibrary programs,
    ProgramLooks looks,
    Desk desk) {}
