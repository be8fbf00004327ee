/** The Helm chart as Helm renders it, held against Kubernetes' own kinds. */
@NullMarked
package io.lateen.charts;

import org.jspecify.annotations.NullMarked;
