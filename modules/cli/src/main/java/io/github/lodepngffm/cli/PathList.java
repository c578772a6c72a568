package io.github.lodepngffm.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;

/**
 * A list of paths, as {@code --files-from} reads it: one a line, or each ended by a zero byte. They
 * are read as bytes, since a path need not be text, and each is handed on as soon as it is there.
 *
 * @param name of the file, or {@link Surroundings#STREAM}
 * @param nulSeparated whether zero bytes end the paths instead of lines
 */
record PathList(String name, boolean nulSeparated) {
  /** Takes the paths, one at a time. */
  interface Taker {
    /**
     * Takes one.
     *
     * @return whether it wants more
     */
    boolean take(String path, Place place);
  }

  /** Linux takes no path that is longer than 4,096 bytes; nobody shall fill the memory with one. */
  static final int MOST_BYTES = 1 << 16;

  /**
   * Where in a list a path stands.
   *
   * @param list how the user knows the list
   * @param line counted from 1; of a list that zero bytes separate, the number of the path
   */
  record Place(String list, long line) {
    @Override
    public String toString() {
      return list + ":" + line;
    }
  }

  /** How messages name it. */
  String title() {
    return Surroundings.nameOf(name);
  }

  /** Whether it can be read more than once: not what comes out of a pipe or a terminal. */
  boolean isRepeatable(Surroundings surroundings) {
    return !name.equals(Surroundings.STREAM) && Files.isRegularFile(surroundings.resolve(name));
  }

  /**
   * Hands all on; empty ones are passed over, but counted.
   *
   * @throws IOException if the list cannot be read; the message names it, and the line
   */
  void forEach(Surroundings surroundings, Taker taker) throws IOException {
    Reading reading = new Reading(taker);
    try (ReadableByteChannel channel =
        name.equals(Surroundings.STREAM)
            ? surroundings.inChannel()
            : Files.newByteChannel(surroundings.resolve(name))) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 13);
      while (channel.read(buffer.clear()) >= 0) {
        if (!reading.take(buffer.flip())) {
          return;
        }
      }
      reading.endOfPath(); // the last one need not be ended
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          "cannot read --files-from "
              + title()
              + (reading.line == 0 ? "" : " after line " + reading.line)
              + ": "
              + FailureText.reason(e, null),
          e);
    }
  }

  /** What has been read of a path, and the number of paths that have ended. */
  private final class Reading {
    private final Taker taker;
    private final ByteArrayOutputStream path = new ByteArrayOutputStream();
    private long line;

    Reading(Taker taker) {
      this.taker = taker;
    }

    boolean take(ByteBuffer bytes) {
      int separator = nulSeparated ? 0 : '\n';
      while (bytes.hasRemaining()) {
        byte b = bytes.get();
        if (b == separator) {
          if (!endOfPath()) {
            return false;
          }
        } else if (path.size() <= MOST_BYTES) {
          path.write(b);
        }
      }
      return true;
    }

    boolean endOfPath() {
      line++;
      String text = FileNames.text(path.toByteArray());
      path.reset();
      if (!nulSeparated && text.endsWith("\r")) { // of a list that was written on Windows
        text = text.substring(0, text.length() - 1);
      }
      return text.isEmpty() || taker.take(text, new Place(title(), line));
    }
  }
}
