package dev.tandem.acme;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The texts of a timer's files, by their paths on a machine. Pure.
public final class TimerFiles {
    /// Where cron finds what packages and programs ask of it.
    static final String CRON = "etc/cron.d";

    private static final String UNITS = "etc/systemd/system";
    private static final int MINUTES = 60;

    private TimerFiles() {}

    /// What is called.
    ///
    /// @param site its name
    /// @param user who calls
    /// @param launcher the program
    /// @param file the site file
    public record Call(String site, String user, String launcher, String file) {
        /// @throws IllegalArgumentException when a path has what no shell and no unit takes as it
        ///   is
        public Call {
            Stream.of(user, launcher, file)
                    .filter(text -> !text.matches("[A-Za-z0-9_./+@-]+"))
                    .forEach(text -> {
                        throw new IllegalArgumentException(text);
                    });
        }

        /// As typed in a shell.
        String command() {
            return launcher + " certificate renew --file " + file;
        }
    }

    static Map<String, String> systemd(Call call) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                unit(call.site(), "service"),
                """
                # Written by: tandem certificate timer install. Removed by: tandem certificate timer remove.
                [Unit]
                Description=Renews the certificate of Tandem's site %1$s when it is due
                Wants=network-online.target
                After=network-online.target docker.service

                [Service]
                Type=oneshot
                User=%2$s
                ExecStart=%3$s
                TimeoutStartSec=30min
                """
                        .formatted(call.site(), call.user(), call.command()));
        files.put(
                unit(call.site(), "timer"),
                """
                # Written by: tandem certificate timer install. Removed by: tandem certificate timer remove.
                [Unit]
                Description=Asks every hour whether the certificate of Tandem's site %1$s is due

                [Timer]
                OnCalendar=hourly
                RandomizedDelaySec=55min
                # A machine that was off asks when it is on again.
                Persistent=true

                [Install]
                WantedBy=timers.target
                """
                        .formatted(call.site()));
        return files;
    }

    /// Not all sites of the world in the same minute: it follows from the names.
    static Map<String, String> cron(Call call) {
        int minute = Math.floorMod((call.site() + call.file()).hashCode(), MINUTES);
        return Map.of(
                cronFile(call.site()),
                """
                # Written by: tandem certificate timer install. Removed by: tandem certificate timer remove.
                # Renews the certificate of Tandem's site %1$s when it is due. What is wrong is mailed.
                PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
                %2$d * * * * %3$s %4$s >/dev/null
                """
                        .formatted(call.site(), minute, call.user(), call.command()));
    }

    static List<String> all(String site) {
        return List.of(unit(site, "service"), unit(site, "timer"), cronFile(site));
    }

    static String unit(String site, String kind) {
        return UNITS + "/" + name(site) + "." + kind;
    }

    static String timer(String site) {
        return name(site) + ".timer";
    }

    private static String cronFile(String site) {
        return CRON + "/" + name(site);
    }

    private static String name(String site) {
        return "tandem-certificate-" + site;
    }
}
