"""Reading dates: one printed string at a time, whatever it belongs to."""
