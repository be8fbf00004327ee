/**
 * What every handler of REST shares: reading parameters and bodies, choosing a format, writing
 * answers and refusals. Runs on the request's virtual thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.api.http;
