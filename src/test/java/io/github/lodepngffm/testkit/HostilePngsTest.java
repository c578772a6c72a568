package io.github.lodepngffm.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.testkit.HostilePng.Fate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostilePngsTest {

  @Test
  void areTheSameInEveryRunAndHaveNamesOfTheirOwn() {
    List<HostilePng> files = HostilePngs.all().toList();
    assertThat(files).hasSizeGreaterThan(300);
    assertThat(files.stream().map(HostilePng::name)).doesNotHaveDuplicates();
    List<HostilePng> again = HostilePngs.all().toList();
    for (int i = 0; i < files.size(); i++) {
      assertThat(again.get(i).name()).isEqualTo(files.get(i).name());
      assertThat(again.get(i).bytes()).isEqualTo(files.get(i).bytes());
    }
  }

  @Test
  void areSmall() {
    assertThat(HostilePngs.all())
        .allSatisfy(file -> assertThat(file.bytes()).hasSizeLessThan(200_000));
  }

  @Test
  void startFromSoundFilesAndDifferFromThem() throws Exception {
    byte[] sound = HostilePngs.sound().bytes();
    byte[] palette = HostilePngs.soundPalette().bytes();
    assertThat(ImageIoDecoder.samples(sound, 3)).hasSize(9 * 7 * 3);
    assertThat(ImageIoDecoder.samples(palette, 1)).containsExactly(0, 1, 2, 2, 1, 0);
    assertThat(HostilePngs.all())
        .noneSatisfy(file -> assertThat(file.bytes()).isEqualTo(sound))
        .noneSatisfy(file -> assertThat(file.bytes()).isEqualTo(palette));
  }

  @Test
  void thatAreStrangeButLegalAreReadByImageIo() {
    List<HostilePng> legal = HostilePngs.all(Fate.DECODED).toList();
    assertThat(legal).hasSizeGreaterThan(4);
    assertThat(legal)
        .allSatisfy(file -> assertThat(ImageIoDecoder.rgb8(file.bytes())).isNotEmpty());
  }
}
