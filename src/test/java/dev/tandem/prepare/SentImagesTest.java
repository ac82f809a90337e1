package dev.tandem.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.disk.Disk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is sent of an image. The tar is made here as `docker save` makes it; that an engine takes
/// it without layers is shown by SeveralMachinesTest.
class SentImagesTest {
    @TempDir private Path directory;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    private void entry(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 124, "%011o".formatted(bytes.length));
        header[156] = '0';
        put(header, 257, "ustar");
        tar.writeBytes(header);
        tar.writeBytes(Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512));
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private Path image() throws IOException {
        entry("c.json", "{\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[\"sha256:1\",\"sha256:2\"]}}");
        entry("a/layer.tar", "lowest".repeat(100));
        entry("b/layer.tar", "above");
        entry(
                "manifest.json",
                "[{\"Config\":\"c.json\",\"Layers\":[\"a/layer.tar\",\"b/layer.tar\"]}]");
        tar.writeBytes(new byte[1024]);
        return Files.write(directory.resolve("whole.tar"), tar.toByteArray());
    }

    @Test
    void theLayersOfAnImageAreReadFromWhatDockerSaved() throws IOException {
        assertThat(LayeredTar.layers(image())).containsExactly("sha256:1", "sha256:2");
    }

    @Test
    void theLowestLayersAreLeftOutAndAllElseIsTheSame() throws IOException {
        Path whole = image();
        Path part = directory.resolve("part.tar");
        try (var out = Disk.create(part)) {
            LayeredTar.without(whole, 1, out);
        }
        String text = Files.readString(part, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("c.json", "b/layer.tar", "above", "manifest.json");
        assertThat(text).doesNotContain("lowest");
        assertThat(LayeredTar.layers(part)).hasSize(2);
        assertThat(Files.size(part)).isEqualTo(Files.size(whole) - 512 - 1024);
    }

    @Test
    void aLayerIsThereOnlyWithAllThatAreBelowIt() {
        List<String> layers = List.of("1", "2", "3");
        assertThat(SentImages.common(layers, List.of())).isZero();
        assertThat(SentImages.common(layers, List.of(List.of("2", "3")))).isZero();
        assertThat(SentImages.common(layers, List.of(List.of("1"), List.of("1", "2", "9"))))
                .isEqualTo(2);
        assertThat(SentImages.common(layers, List.of(List.of("1", "2", "3", "4")))).isEqualTo(3);
    }
}
