package org.godwit.app.house.planted;

import javafx.beans.property.StringProperty;

/** A view-model as it should be. */
record TextViewModel(StringProperty text) {}
