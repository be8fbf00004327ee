package io.lateen.sidecar.ads;

import com.google.protobuf.CodedInputStream;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good configuration on disk, so that a sidecar starts while its manager is away.
 *
 * <p>A new file is written beside the old one, synchronized and moved over it: after a crash there
 * is the old one or the new one, never a part. Its content is a line that names the format, a
 * checksum, and {@code DeltaDiscoveryResponse} messages; the first of them names the node, so that
 * a folder that changed hands is not believed. Used by the configuration thread.
 */
public final class LastGoodFile {

    private static final Logger log = LoggerFactory.getLogger(LastGoodFile.class);

    private static final byte[] FORMAT =
            "lateen-configuration-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = FORMAT.length + Long.BYTES;

    private final Path file;
    private final String node;

    /**
     * @param folder made when it does not exist
     * @param node the sidecar's node id
     */
    public LastGoodFile(Path folder, String node) {
        this.file = folder.resolve("last-good-configuration");
        this.node = node;
    }

    /**
     * What was saved.
     *
     * @param savedMillis when, in milliseconds of the epoch
     * @param revision the store's revision that was in force
     * @param updates one per type, in their order
     */
    public record Saved(long savedMillis, long revision, List<ConfigurationUpdate> updates) {

        public Saved {
            updates = List.copyOf(updates);
        }
    }

    /** Saves what is in force. A failure is logged: traffic does not depend on it. */
    public void save(AcceptedResources resources, long revision, long nowMillis) {
        try {
            byte[] body = encode(resources, revision, nowMillis);
            CRC32C checksum = new CRC32C();
            checksum.update(body);
            ByteBuffer bytes = ByteBuffer.allocate(HEADER + body.length);
            bytes.put(FORMAT).putLong(checksum.getValue()).put(body).flip();
            write(bytes);
        } catch (IOException e) {
            log.warn(
                    "The configuration could not be saved; a start while the manager is away will"
                            + " use an older one or none. file={}",
                    file,
                    e);
        }
    }

    /** What was saved last; empty when there is nothing, or nothing that may be believed. */
    public Optional<Saved> load() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < HEADER
                    || !Arrays.equals(bytes, 0, FORMAT.length, FORMAT, 0, FORMAT.length)) {
                return refuse("is not of the format that this version writes");
            }
            CRC32C checksum = new CRC32C();
            checksum.update(bytes, HEADER, bytes.length - HEADER);
            if (checksum.getValue() != ByteBuffer.wrap(bytes).getLong(FORMAT.length)) {
                return refuse("does not match its checksum");
            }
            return decode(CodedInputStream.newInstance(bytes, HEADER, bytes.length - HEADER));
        } catch (NoSuchFileException firstStart) {
            return Optional.empty();
        } catch (IOException e) {
            return refuse("cannot be read: " + e.getMessage());
        }
    }

    private Optional<Saved> refuse(String reason) {
        log.warn("The saved configuration is not used: it {}. file={}", reason, file);
        return Optional.empty();
    }

    private byte[] encode(AcceptedResources resources, long revision, long nowMillis)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(node)
                .setSystemVersionInfo(Long.toString(revision))
                .setNonce(Long.toString(nowMillis))
                .build()
                .writeDelimitedTo(out);
        for (ResourceType type : ResourceType.values()) {
            DeltaDiscoveryResponse.Builder all =
                    DeltaDiscoveryResponse.newBuilder().setTypeUrl(type.typeUrl());
            for (XdsResource each : resources.of(type)) {
                all.addResources(
                        Resource.newBuilder()
                                .setName(each.name())
                                .setVersion(each.version())
                                .setResource(each.body()));
            }
            all.build().writeDelimitedTo(out);
        }
        return out.toByteArray();
    }

    private Optional<Saved> decode(CodedInputStream in) throws IOException {
        DeltaDiscoveryResponse head = next(in);
        if (!head.getTypeUrl().equals(node)) {
            return refuse("belongs to " + head.getTypeUrl());
        }
        long revision = Long.parseLong(head.getSystemVersionInfo());
        List<ConfigurationUpdate> updates = new ArrayList<>();
        for (ResourceType type : ResourceType.values()) {
            List<XdsResource> resources = new ArrayList<>();
            for (Resource each : next(in).getResourcesList()) {
                resources.add(
                        new XdsResource(each.getName(), each.getVersion(), each.getResource()));
            }
            updates.add(new ConfigurationUpdate(type, revision, resources, List.of()));
        }
        return Optional.of(new Saved(Long.parseLong(head.getNonce()), revision, updates));
    }

    private static DeltaDiscoveryResponse next(CodedInputStream in) throws IOException {
        return DeltaDiscoveryResponse.parseFrom(in.readBytes());
    }

    private void write(ByteBuffer bytes) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
