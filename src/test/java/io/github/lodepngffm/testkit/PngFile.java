package io.github.lodepngffm.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A PNG file as a list of chunks, to be rearranged and damaged. Every method returns a new file;
 * asking for a chunk type that is not there is an error, so that no damage is silently left out.
 */
public record PngFile(List<PngChunk> chunks) {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  public PngFile {
    chunks = List.copyOf(chunks);
  }

  /** The eight bytes at the start of every PNG file. */
  public static byte[] signature() {
    return SIGNATURE.clone();
  }

  /** The complete file. */
  public byte[] bytes() {
    int size = SIGNATURE.length;
    for (PngChunk chunk : chunks) {
      size = Math.addExact(size, chunk.size());
    }
    ByteBuffer file = ByteBuffer.allocate(size).put(SIGNATURE);
    for (PngChunk chunk : chunks) {
      chunk.putInto(file);
    }
    return file.array();
  }

  /** The first {@code length} bytes of the file. */
  public byte[] truncated(int length) {
    byte[] whole = bytes();
    if (length < 0 || length > whole.length) {
      throw new IllegalArgumentException(
          "cannot cut a file of " + whole.length + " bytes at " + length);
    }
    return Arrays.copyOf(whole, length);
  }

  /** Where each chunk starts, and as the last element where the file ends. */
  public int[] borders() {
    int[] borders = new int[chunks.size() + 1];
    borders[0] = SIGNATURE.length;
    for (int i = 0; i < chunks.size(); i++) {
      borders[i + 1] = borders[i] + chunks.get(i).size();
    }
    return borders;
  }

  /** Inserts before the first chunk of that type. */
  public PngFile before(String type, PngChunk... added) {
    return insert(indexOf(type), added);
  }

  /** Inserts after the last chunk of that type. */
  public PngFile after(String type, PngChunk... added) {
    for (int i = chunks.size() - 1; i >= 0; i--) {
      if (chunks.get(i).type().equals(type)) {
        return insert(i + 1, added);
      }
    }
    throw missing(type);
  }

  /** Inserts so that the first of the added chunks gets this index. */
  public PngFile insert(int index, PngChunk... added) {
    List<PngChunk> changed = new ArrayList<>(chunks);
    changed.addAll(index, List.of(added));
    return new PngFile(changed);
  }

  /** Leaves out every chunk of that type. */
  public PngFile without(String type) {
    indexOf(type);
    return new PngFile(chunks.stream().filter(chunk -> !chunk.type().equals(type)).toList());
  }

  /** Changes the first chunk of that type. */
  public PngFile change(String type, UnaryOperator<PngChunk> change) {
    return change(indexOf(type), change);
  }

  /** Changes the chunk with that index. */
  public PngFile change(int index, UnaryOperator<PngChunk> change) {
    List<PngChunk> changed = new ArrayList<>(chunks);
    changed.set(index, change.apply(changed.get(index)));
    return new PngFile(changed);
  }

  /** The index of the first chunk of that type. */
  public int indexOf(String type) {
    for (int i = 0; i < chunks.size(); i++) {
      if (chunks.get(i).type().equals(type)) {
        return i;
      }
    }
    throw missing(type);
  }

  private IllegalArgumentException missing(String type) {
    return new IllegalArgumentException(
        "no " + type + " among " + chunks.stream().map(PngChunk::type).toList());
  }
}
