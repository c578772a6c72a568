package io.github.lodepngffm.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/**
 * What a command line takes from the process that it runs in, so that a test can give it something
 * else.
 *
 * @param directory what relative paths are relative to
 * @param in standard input, unbuffered
 * @param binaryOut standard output for a BMP, unbuffered
 * @param out standard output for text
 * @param err standard error
 * @param terminalColumns the width of the terminal that both {@code out} and {@code err} are; 0 if
 *     one of them is something else, or nobody knows
 */
record Surroundings(
    Path directory,
    InputStream in,
    OutputStream binaryOut,
    PrintStream out,
    PrintStream err,
    int terminalColumns) {

  /** The launcher tells it, since Java can not. */
  private static final String COLUMNS_PROPERTY = "png2bmp.terminal.columns";

  /** Those of this process. The file streams are what channels work on without a copy. */
  static Surroundings ofProcess() {
    return new Surroundings(
        Path.of(""),
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        System.out,
        System.err,
        Integer.getInteger(COLUMNS_PROPERTY, 0));
  }

  /** Standard input so that an interrupt ends a read that waits. */
  ReadableByteChannel inChannel() {
    return Channels.newChannel(in);
  }
}
