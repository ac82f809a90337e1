/// Finds what is wrong with this machine or with a site, each finding with its cure.
///
/// Facts are gathered at the edge ({@link dev.tandem.doctor.Examination}); what could not be found
/// out is a fact too ({@link dev.tandem.doctor.Answer.Unknown}) and never counts as good. Judging
/// the facts is pure ({@link dev.tandem.doctor.Diagnosis} and the classes named `...Findings`).
/// Nothing is changed, and no image is built.
@NullMarked
package dev.tandem.doctor;

import org.jspecify.annotations.NullMarked;
