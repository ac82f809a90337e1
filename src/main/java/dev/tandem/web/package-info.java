/// The page of `tandem dashboard`: what balancers show of the site, and what only an operator may
/// do (docs/decisions/0060-dashboard.md). It knows no verb: what it runs is given to it.
@NullMarked
package dev.tandem.web;

import org.jspecify.annotations.NullMarked;
