package io.github.lodepngffm.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command line takes from the process that it runs in, so that a test can give it something
 * else.
 *
 * @param program what runs
 * @param directory what relative paths are relative to
 * @param in standard input, unbuffered
 * @param binaryOut standard output for a BMP, unbuffered
 * @param out standard output for text
 * @param err standard error
 * @param terminal what is known of the terminal
 */
record Surroundings(
    Program program,
    Path directory,
    InputStream in,
    OutputStream binaryOut,
    TextOutput out,
    PrintStream err,
    Terminal terminal) {
  /** Stands for standard input, and for standard output, where a file could be named. */
  static final String STREAM = "-";

  /** How messages name an input. */
  static String nameOf(String input) {
    return input.equals(STREAM) ? "standard input" : input;
  }

  /**
   * What the launcher tells of the terminal, since Java can not.
   *
   * @param columns the width of the terminal that both standard output and standard error are; 0 if
   *     one of them is something else, or nobody knows
   * @param isOutput whether standard output is one
   */
  record Terminal(int columns, boolean isOutput) {
    private static final String COLUMNS_PROPERTY = "png2bmp.terminal.columns";
    private static final String OUTPUT_PROPERTY = "png2bmp.terminal.output";

    static final Terminal NONE = new Terminal(0, false);

    static Terminal ofProcess() {
      return new Terminal(Integer.getInteger(COLUMNS_PROPERTY, 0), isOutputOfProcess());
    }

    private static boolean isOutputOfProcess() {
      String told = System.getProperty(OUTPUT_PROPERTY);
      if (told != null) {
        return Boolean.parseBoolean(told);
      }
      try { // where there was no launcher, Linux knows
        String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Those of this process. The file streams are what channels work on without a copy. */
  static Surroundings ofProcess(Program program) {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    return new Surroundings(
        program,
        Path.of(""),
        new FileInputStream(FileDescriptor.in),
        out,
        new TextOutput(out, System.out.charset()),
        System.err,
        Terminal.ofProcess());
  }

  /** The path of a name that the user gave. */
  Path resolve(String name) {
    return directory.resolve(FileNames.path(name));
  }

  /** Standard input so that an interrupt ends a read that waits. */
  ReadableByteChannel inChannel() {
    return Channels.newChannel(in);
  }

  /** Standard output for a BMP; what it fails with is a {@link StandardOutputException}. */
  WritableByteChannel outChannel() {
    return new OutChannel(Channels.newChannel(binaryOut));
  }

  private record OutChannel(WritableByteChannel target) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
      try {
        return target.write(source);
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        throw new StandardOutputException(e);
      }
    }

    @Override
    public boolean isOpen() {
      return target.isOpen();
    }

    @Override
    public void close() throws IOException {
      target.close();
    }
  }
}
