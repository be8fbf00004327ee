/**
 * How the Spring programs start. A program's main calls {@link io.lateen.start.Program#run}, which
 * prints help, refuses flags that do not exist, and starts Spring; {@link
 * io.lateen.start.StartFailure} says in one sentence why a program does not start. Runs on the main
 * thread, once.
 */
@NullMarked
package io.lateen.start;

import org.jspecify.annotations.NullMarked;
