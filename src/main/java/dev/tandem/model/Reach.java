package dev.tandem.model;

/// How the engine of a machine is reached. Each prints as it stands in the site file.
public sealed interface Reach {

    /// Over ssh. Its parts are checked one by one: none of them can be an option of ssh.
    ///
    /// @param user who logs in
    /// @param host an IPv4 address or a hostname
    /// @param port the TCP port
    record Ssh(String user, String host, int port) implements Reach {
        /// The port of a target that does not name one.
        public static final int USUAL_PORT = 22;

        /// The machine itself, whoever logs in.
        public String place() {
            return port == USUAL_PORT ? host : host + ":" + port;
        }

        @Override
        public String toString() {
            return "ssh: " + user + "@" + place();
        }
    }

    /// A context of the docker command line, used as it is.
    ///
    /// @param name its name, as `docker context ls` shows it
    record Context(String name) implements Reach {
        @Override
        public String toString() {
            return "context: " + name;
        }
    }

    /// The engine that commands without an address mean.
    record Here() implements Reach {
        /// As in the site file.
        public static final String WORD = "here";

        @Override
        public String toString() {
            return WORD;
        }
    }
}
