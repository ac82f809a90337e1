package dev.tandem.model;

/// What crypt(3) made of a password. It is told to HAProxy and to nobody else: plans and histories
/// are shown to people who may not know the password, and a hash lets them guess it at leisure.
///
/// @param crypted such as `$6$salt$...`
public record PasswordHash(String crypted) {
    @Override
    public String toString() {
        return "(a hash)";
    }
}
