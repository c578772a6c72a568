package io.github.lodepngffm.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.NodeList;

/**
 * What the JDK's PNG reader says of a file beside its pixels: its tree {@code
 * javax_imageio_png_1.0}. It reads no further than the image data.
 */
public final class ImageIoMetadata {
  private final IIOMetadataNode root;

  private ImageIoMetadata(IIOMetadataNode root) {
    this.root = root;
  }

  public static ImageIoMetadata of(byte[] png) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(png))) {
      reader.setInput(input);
      return new ImageIoMetadata(
          (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0"));
    } finally {
      reader.dispose();
    }
  }

  /** The attributes of each element of that name, in the order of the tree. */
  public List<Map<String, String>> all(String element) {
    NodeList nodes = root.getElementsByTagName(element);
    List<Map<String, String>> all = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      var attributes = nodes.item(i).getAttributes();
      Map<String, String> values = new LinkedHashMap<>();
      for (int j = 0; j < attributes.getLength(); j++) {
        values.put(attributes.item(j).getNodeName(), attributes.item(j).getNodeValue());
      }
      all.add(values);
    }
    return all;
  }

  /** The attributes of the one element of that name, empty if there is none. */
  public Optional<Map<String, String>> one(String element) {
    return all(element).stream().findFirst();
  }

  /** The profile of iCCP, inflated. */
  public byte[] profile() throws DataFormatException {
    var node = (IIOMetadataNode) root.getElementsByTagName("iCCP").item(0);
    return inflated((byte[]) node.getUserObject());
  }

  /** A whole zlib stream. */
  public static byte[] inflated(byte[] stream) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stream);
      var out = new java.io.ByteArrayOutputStream();
      byte[] part = new byte[8192];
      while (!inflater.finished()) {
        int bytes = inflater.inflate(part);
        if (bytes == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new DataFormatException("the stream breaks off");
        }
        out.write(part, 0, bytes);
      }
      return out.toByteArray();
    } finally {
      inflater.end();
    }
  }
}
