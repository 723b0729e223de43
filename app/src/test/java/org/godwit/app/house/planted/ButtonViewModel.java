package org.godwit.app.house.planted;

import javafx.scene.control.Button;

/** A view-model that holds a control. */
record ButtonViewModel(Button button) {}
