/// The command line as others read it: completion for shells, manual pages. All of it is made of
/// one description of the verbs, which the command line itself gives.
@NullMarked
package dev.tandem.manual;

import org.jspecify.annotations.NullMarked;
