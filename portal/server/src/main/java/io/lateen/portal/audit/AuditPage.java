package io.lateen.portal.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries, newest first.
 *
 * @param next hand it in as {@code before} to read on; null at the end
 */
record AuditPage(List<AuditEntry> items, @Nullable String next) {}
