/** VirtualServices → RDS. Pure; any thread. */
@NullMarked
package io.lateen.manager.translate.route;

import org.jspecify.annotations.NullMarked;
