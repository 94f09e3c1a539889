window.standIn = true;
