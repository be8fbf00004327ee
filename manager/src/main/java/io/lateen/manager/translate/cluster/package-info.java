/** Services and DestinationRules → CDS. Pure; any thread. */
@NullMarked
package io.lateen.manager.translate.cluster;

import org.jspecify.annotations.NullMarked;
