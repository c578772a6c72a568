package io.github.lodepngffm.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Standard output for text, which remembers that it could not be written, and why. */
final class TextOutput extends PrintStream {
  private final Watched watched;

  TextOutput(OutputStream out, Charset charset) {
    this(new Watched(out), charset);
  }

  private TextOutput(Watched watched, Charset charset) {
    super(watched, true, charset);
    this.watched = watched;
  }

  /** The first failure to write; null if all went well. */
  StandardOutputException failure() {
    flush();
    return watched.failure;
  }

  /** Whether nobody reads it any more, so that there is no use in going on. */
  boolean readerIsGone() {
    StandardOutputException failure = watched.failure;
    return failure != null && failure.readerIsGone();
  }

  /** A PrintStream swallows failures. */
  private static final class Watched extends FilterOutputStream {
    private volatile StandardOutputException failure;

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        throw noted(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        throw noted(e);
      }
    }

    private IOException noted(IOException e) {
      if (failure == null) {
        failure = new StandardOutputException(e);
      }
      return e;
    }
  }
}
