/** Endpoints → EDS. Pure; any thread. */
@NullMarked
package io.lateen.manager.translate.endpoint;

import org.jspecify.annotations.NullMarked;
