package io.github.lodepngffm.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code png2bmp}: its options, and what they lead to. */
@Command(
    name = "png2bmp",
    versionProvider = ProductVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Converts PNG images to BMP: the classic one of 24 bits, or what --format names.",
    synopsisHeading = "%nUsage: ",
    customSynopsis = {
      "png2bmp [OPTIONS] INPUT [-o FILE]",
      "       png2bmp [OPTIONS] [-r] [-d OUTDIR] [--files-from FILE] INPUT..."
    },
    descriptionHeading = "%n",
    description =
        "Alpha is dropped, 16-bit samples give their high byte, and gamma and colour profiles are not"
            + " applied. A BMP appears under its name when it is complete. In folders, what ends in"
            + " .png is taken.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:A conversion failed. A line on standard error names the file, the code and the reason;"
          + " no partial BMP is left, and an existing one is as it was.",
      "2:The command line is wrong.",
      "130:Interrupted by Ctrl-C. What was being converted is cancelled; every BMP is whole.",
      "141:Nobody reads standard output any more, as after | head. Ends as for 130, but quietly."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  png2bmp photo.png                    writes photo.bmp in the current directory",
      "  png2bmp photo.png -o out/photo.bmp   replaces out/photo.bmp if it exists",
      "  png2bmp -r photos -d out             photos/a/b.png becomes out/a/b.bmp",
      "  png2bmp 'photos/**.png' -d out --skip-existing",
      "  find . -name '*.png' -size +1M -print0 | png2bmp -0 --files-from - -d out",
      "  png2bmp --format match *.png         keeps alpha, palettes, gray and single bits",
      "  png2bmp --background white logo.png  puts it onto white",
      "  curl -s URL | png2bmp - -o - > a.bmp",
      "  png2bmp --info photo.png             width, height, color type and so on",
      "  png2bmp --max-pixels 400000000 map.png"
    })
public final class Png2Bmp extends ConversionCommand {
  @Mixin private final ImageOptions image = new ImageOptions();

  @Mixin private final DamageOptions damage = new DamageOptions();

  @Option(
      names = "--info",
      description =
          "Print what the headers say and convert nothing; with --json as JSON: status examined,"
              + " width, height, colorType, bitDepth, interlaced, decodePath, bmpBytes.")
  private boolean info;

  @Mixin private final AboutOptions about = new AboutOptions();

  /** For the tools of picocli, which make completion scripts and manual pages of a command. */
  public Png2Bmp() {
    this(Surroundings.ofProcess(Program.PNG2BMP));
  }

  Png2Bmp(Surroundings surroundings) {
    super(surroundings);
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments as {@code --help} explains them
   */
  public static void main(String[] arguments) {
    System.exit(new Png2Bmp().execute(RawArguments.of(arguments)));
  }

  @Override
  AboutOptions about() {
    return about;
  }

  @Override
  void checkMore() {
    damage.refuseContradictions();
  }

  @Override
  Conversions conversions() {
    return new PngToBmp(image.options(limits.limits(), damage.tolerance()));
  }

  @Override
  Integer otherThanConverting() throws IOException {
    if (!info) {
      return null;
    }
    RunReport report =
        new RunReport(surroundings, run.json ? RunReport.Style.JSON : RunReport.Style.LINES, null);
    return new HeaderListing(surroundings, report).print(plan()) ? DONE : FAILED;
  }
}
