//! Which earlier activity is this, and who could it be? Ranking, calibration, competing hypotheses.
