/** The address of the PostgreSQL that a program keeps its state in: written the same for each. */
@NullMarked
package io.lateen.model.database;

import org.jspecify.annotations.NullMarked;
