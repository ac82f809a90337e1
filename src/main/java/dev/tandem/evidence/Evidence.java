package dev.tandem.evidence;

/// All that is known about one injected fault besides the numbers.
///
/// @param scene who was there, and when what was done to them
/// @param timeline what happened in which order
/// @param owners who owned the VIP
/// @param ledger where each lost request was lost
public record Evidence(Scene scene, Timeline timeline, Owners owners, Ledger ledger) {}
