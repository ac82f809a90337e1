package dev.tandem.model;

/// What clients get where a balancer itself answers with an error.
///
/// @param name the status, such as 503: its key in the site file
/// @param page what they see
public record ErrorPage(String name, GivenFile page) {}
