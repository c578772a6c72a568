package io.github.lodepngffm.bench;

/** Somebody who turns PNG files into something: we, another library, or a floor. */
public interface Peer {

  /** A short, stable name for files and tables, such as {@code imageio}. */
  String id();

  /** The name for people. */
  String title();

  /** Which version runs; called once, and loads what the peer needs. */
  String version() throws Exception;

  /** Whether it can do this work at all. */
  boolean can(Work work);

  /** Prepares the work on a picture. */
  Job open(Picture picture, Work work) throws Exception;
}
