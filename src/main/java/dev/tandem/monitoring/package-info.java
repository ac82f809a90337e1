/// What others watch a site with: targets and alert rules for Prometheus, a dashboard for Grafana.
/// All of it follows from the site file; nothing that runs reads it.
@NullMarked
package dev.tandem.monitoring;

import org.jspecify.annotations.NullMarked;
