/// Site → the files of one directory: compose.yaml, and a configuration for every node.
///
/// Pure and byte-stable: the same site in the same {@link Setting} gives the same bytes. The files
/// are a product in themselves: plain `docker compose up -d` runs them without Tandem, and an
/// administrator who knows HAProxy, Keepalived or Nginx should find in them what they would have
/// written, with the reason next to it.
@NullMarked
package dev.tandem.render;

import org.jspecify.annotations.NullMarked;
