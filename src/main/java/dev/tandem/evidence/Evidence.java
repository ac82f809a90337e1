package dev.tandem.evidence;

/// Everything known about one injected fault apart from the numbers.
///
/// @param scene the nodes, and what was done to them when
/// @param timeline what happened, in order
/// @param owners the owners of the VIP
/// @param ledger where each lost request was lost
public record Evidence(Scene scene, Timeline timeline, Owners owners, Ledger ledger) {}
