/**
 * Spring Cloud Gateway as an application with one route: one of the systems compared with. It runs
 * in a process of its own.
 */
@NullMarked
package io.lateen.bench.gateway;

import org.jspecify.annotations.NullMarked;
