/// A Docker engine in memory, with the nodes of a site in it: what proves Tandem's decisions
/// without a container. It claims nothing about Docker, HAProxy or Keepalived; that it answers as
/// they do is tested by {@link dev.tandem.docker.fake.TranscriptTest} and by the scenario that
/// records.
@NullMarked
package dev.tandem.docker.fake;

import org.jspecify.annotations.NullMarked;
