package dev.tandem.model;

/// One of the machines that a site stands on. A site whose file names none stands on the machine
/// where the engine is.
///
/// @param name its name in the site file
/// @param reach how its engine is reached
/// @param lanInterface what carries the LAN there
public record Machine(String name, Reach reach, LanInterface lanInterface) {}
