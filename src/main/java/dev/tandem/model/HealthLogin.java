package dev.tandem.model;

/// Who may see the health page: one of whom a password is asked.
///
/// @param user the name
/// @param password the hash of the password
public record HealthLogin(String user, PasswordHash password) {}
