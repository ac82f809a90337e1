package dev.tandem.scenario;

import java.nio.file.Path;

/// A CA of clients, made with openssl in the directory of a site: `clients.pem`, `clients.crl`, and
/// for each client `NAME.pem` and `NAME.key`.
///
/// @param directory where its files are
record ClientAuthority(Path directory) {
    private static final String NEW = "req -x509 -newkey rsa:2048 -nodes -days 30 ";

    static ClientAuthority in(TestSite site) {
        Path directory = site.directory();
        site.file(
                "clients.cnf",
                """
                [ca]
                default_ca = clients
                [clients]
                database = %1$s/clients.txt
                certificate = %1$s/clients.pem
                private_key = %1$s/clients.key
                default_md = sha256
                default_crl_days = 30
                """
                        .formatted(directory));
        site.file("clients.txt", "");
        ClientAuthority authority = new ClientAuthority(directory);
        authority.openssl(NEW + "-subj /CN=clients", "clients");
        authority.list();
        return authority;
    }

    /// Runs openssl with a key and a certificate of this name as what it writes.
    private void openssl(String command, String name) {
        String files = directory + "/" + name;
        Shell.type("openssl " + command + " -keyout " + files + ".key -out " + files + ".pem");
    }

    /// A client of this name, in the company Shop.
    void client(String name, int serial) {
        openssl(
                NEW
                        + ("-subj /O=Shop/CN=" + name + " -set_serial " + serial)
                        + (" -CA " + directory + "/clients.pem -CAkey " + directory)
                        + "/clients.key",
                name);
    }

    /// One that another CA knows: itself.
    void stranger(String name) {
        openssl(NEW + "-subj /O=Shop/CN=" + name, name);
    }

    /// Revokes a client's certificate.
    void revoke(String name) {
        Shell.type(
                "openssl ca -config %1$s/clients.cnf -revoke %1$s/%2$s.pem"
                        .formatted(directory, name));
        list();
    }

    private void list() {
        Shell.type(
                "openssl ca -config %1$s/clients.cnf -gencrl -out %1$s/clients.crl"
                        .formatted(directory));
    }
}
