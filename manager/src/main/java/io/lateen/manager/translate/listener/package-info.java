/** Ports, addresses and TCP rules → LDS. Pure; any thread. */
@NullMarked
package io.lateen.manager.translate.listener;

import org.jspecify.annotations.NullMarked;
