package io.lateen.manager.access;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of access.
 *
 * @param stateDirectory {@code --lateen.state-directory}: the folder that holds {@code
 *     admin-token}; made when it is missing
 */
@ConfigurationProperties("lateen")
public record AccessSettings(@DefaultValue(".lateen") Path stateDirectory) {}
