package io.lateen.portal.services;

import io.lateen.portal.backend.Source;
import java.time.Instant;
import java.util.List;

/**
 * Every service that the caller may see.
 *
 * @param asOf when it was put together
 * @param window over how long rates were counted
 * @param items in order of namespace and name
 * @param sources which backends had a part in it
 */
record ServiceList(Instant asOf, String window, List<ServiceSummary> items, List<Source> sources) {}
