/** Gateways → which ports a router opens, and what it routes there. Pure; any thread. */
@NullMarked
package io.lateen.manager.translate.gateway;

import org.jspecify.annotations.NullMarked;
