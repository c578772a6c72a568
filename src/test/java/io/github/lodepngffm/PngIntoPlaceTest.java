package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Memory that the caller brings for the BMP: written exactly, or refused with numbers. */
class PngIntoPlaceTest {
  private static final byte UNTOUCHED = 0x5A;

  private final TestImage image = TestImage.random(new PngFormat(PngFormat.RGB, 8), 13, 7, 1);
  private final byte[] expected = ReferenceBmp.bytes(image);
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment png = arena.allocateFrom(JAVA_BYTE, PngWriter.bytesOf(image));

  @AfterEach
  void closeArena() {
    arena.close();
  }

  private long convertInto(MemorySegment bmp) {
    return Png.toBmp(png, bmp, ConvertOptions.defaults());
  }

  @Test
  void memoryOfExactlyTheRightSizeIsFilled() {
    MemorySegment bmp = arena.allocate(expected.length);
    assertThat(convertInto(bmp)).isEqualTo(expected.length);
    assertThat(bmp.toArray(JAVA_BYTE)).isEqualTo(expected);
    assertThat(Png.bmpSize(Png.readInfo(png))).isEqualTo(expected.length);
  }

  @Test
  void bytesBehindTheBmpAndBeforeItStayAsTheyWere() {
    for (PngFormat format : PngFormat.ALL) {
      for (boolean interlaced : new boolean[] {false, true}) {
        TestImage other = TestImage.random(format, 29, 19, 2);
        byte[] bytes = PngWriter.of(other).mixedFilters(1).interlaced(interlaced).bytes();
        byte[] otherExpected = ReferenceBmp.bytes(other);
        // 100 bytes on each side, and an odd address
        MemorySegment room = arena.allocate(otherExpected.length + 201).fill(UNTOUCHED);
        MemorySegment bmp = room.asSlice(101);
        MemorySegment input = arena.allocateFrom(JAVA_BYTE, bytes);
        assertThat(Png.toBmp(input, bmp, ConvertOptions.defaults()))
            .isEqualTo(otherExpected.length);
        assertThat(bmp.asSlice(0, otherExpected.length).toArray(JAVA_BYTE))
            .as("%s, interlaced %s", other, interlaced)
            .isEqualTo(otherExpected);
        assertThat(room.asSlice(0, 101).toArray(JAVA_BYTE)).containsOnly(UNTOUCHED);
        assertThat(bmp.asSlice(otherExpected.length).toArray(JAVA_BYTE)).containsOnly(UNTOUCHED);
        assertThat(input.toArray(JAVA_BYTE)).as("the input").isEqualTo(bytes);
      }
    }
  }

  @Test
  void whatTheMemoryHeldBeforeDoesNotShow() {
    for (PngFormat format : PngFormat.ALL) {
      TestImage other = TestImage.random(format, 30, 11, 2);
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, PngWriter.bytesOf(other));
      MemorySegment bmp = arena.allocate(Png.bmpSize(Png.readInfo(input)));
      for (byte content : new byte[] {0, (byte) 0xFF, UNTOUCHED}) {
        bmp.fill(content);
        Png.toBmp(input, bmp, ConvertOptions.defaults());
        assertThat(bmp.toArray(JAVA_BYTE)).as("%s", other).isEqualTo(ReferenceBmp.bytes(other));
      }
    }
  }

  @Test
  void tooShortMemoryIsRefusedWithBothSizesAndNotTouched() {
    MemorySegment bmp = arena.allocate(expected.length - 1L).fill(UNTOUCHED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convertInto(bmp))
        .withMessageContaining(Integer.toString(expected.length))
        .withMessageContaining(Integer.toString(expected.length - 1));
    assertThat(bmp.toArray(JAVA_BYTE)).containsOnly(UNTOUCHED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convertInto(bmp.asSlice(0, 0)))
        .withMessageContaining(expected.length + " bytes, the output segment 0");
  }

  @Test
  void readOnlyMemoryIsRefusedAndNotTouched() {
    MemorySegment bmp = arena.allocate(expected.length).fill(UNTOUCHED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convertInto(bmp.asReadOnly()))
        .withMessageContaining("read-only");
    assertThat(bmp.toArray(JAVA_BYTE)).containsOnly(UNTOUCHED);
  }

  @Test
  void heapMemoryIsRefusedWithTheWayOut() {
    byte[] array = new byte[expected.length];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convertInto(MemorySegment.ofArray(array)))
        .withMessageContaining("on the heap")
        .withMessageContaining("Arena");
    assertThat(array).containsOnly(0);
  }

  @Test
  void memoryThatOverlapsThePngIsRefusedWithBothSizes() {
    MemorySegment both = arena.allocate(png.byteSize() + expected.length - 1);
    MemorySegment input = both.asSlice(0, png.byteSize()).copyFrom(png);
    MemorySegment output = both.asSlice(png.byteSize() - 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Png.toBmp(input, output, ConvertOptions.defaults()))
        .withMessageContaining("overlaps")
        .withMessageContaining(Long.toString(png.byteSize()))
        .withMessageContaining(Long.toString(output.byteSize()));
    assertThat(input.mismatch(png)).isEqualTo(-1);
  }

  @Test
  void neighboursInOneAllocationAreNotTakenForOverlap() {
    MemorySegment both = arena.allocate(png.byteSize() + expected.length);
    MemorySegment input = both.asSlice(0, png.byteSize()).copyFrom(png);
    MemorySegment output = both.asSlice(png.byteSize());
    assertThat(Png.toBmp(input, output, ConvertOptions.defaults())).isEqualTo(expected.length);
    assertThat(output.toArray(JAVA_BYTE)).isEqualTo(expected);
    assertThat(input.mismatch(png)).isEqualTo(-1);
  }

  @Test
  void anAllocatorMayGiveMoreThanWasAskedForButNotLess() {
    SegmentAllocator generous = (size, alignment) -> arena.allocate(size + 50, alignment);
    MemorySegment bmp = Png.toBmp(png, generous);
    assertThat(bmp.toArray(JAVA_BYTE)).isEqualTo(expected);
    SegmentAllocator stingy = (size, alignment) -> arena.allocate(size - 1, alignment);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Png.toBmp(png, stingy))
        .withMessageContaining(Integer.toString(expected.length));
    SegmentAllocator onHeap = (size, alignment) -> MemorySegment.ofArray(new byte[(int) size]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Png.toBmp(png, onHeap))
        .withMessageContaining("on the heap");
  }

  @Test
  void aSlicingAllocatorServesOneBmpAfterAnother() {
    MemorySegment block = arena.allocate(3L * (expected.length + 8));
    SegmentAllocator slices = SegmentAllocator.slicingAllocator(block);
    for (int i = 0; i < 3; i++) {
      assertThat(Png.toBmp(png, slices).toArray(JAVA_BYTE)).isEqualTo(expected);
    }
  }

  @Test
  void memoryIsUsableAgainAfterAFailure() {
    MemorySegment bmp = arena.allocate(expected.length);
    byte[] damaged = png.toArray(JAVA_BYTE);
    damaged[damaged.length - 20] ^= 1;
    MemorySegment bad = arena.allocateFrom(JAVA_BYTE, damaged);
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.toBmp(bad, bmp, ConvertOptions.defaults()));
    convertInto(bmp);
    assertThat(bmp.toArray(JAVA_BYTE)).isEqualTo(expected);
    assertThat(bad.toArray(JAVA_BYTE)).isEqualTo(damaged);
  }

  @Test
  void nullIsRefusedByName() {
    MemorySegment bmp = arena.allocate(expected.length);
    ConvertOptions options = ConvertOptions.defaults();
    assertThatNullPointerException().isThrownBy(() -> Png.toBmp(null, bmp, options));
    assertThatNullPointerException()
        .isThrownBy(() -> Png.toBmp(png, (MemorySegment) null, options))
        .withMessage("bmp");
    assertThatNullPointerException()
        .isThrownBy(() -> Png.toBmp(png, bmp, null))
        .withMessage("options");
    assertThatNullPointerException()
        .isThrownBy(() -> Png.toBmp(png, (SegmentAllocator) null))
        .withMessage("out");
    assertThatNullPointerException().isThrownBy(() -> Png.readInfo(null)).withMessage("png");
  }
}
