package io.github.lodepngffm.cli;

import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Limits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code bmp2png}: its options, and what they lead to. */
@Command(
    name = "bmp2png",
    versionProvider = ProductVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Converts BMP images to PNG, and makes PNG images smaller without loss.",
    synopsisHeading = "%nUsage: ",
    customSynopsis = {
      "bmp2png [OPTIONS] INPUT [-o FILE]",
      "       bmp2png [OPTIONS] [-r] [-d OUTDIR] [--files-from FILE] INPUT..."
    },
    descriptionHeading = "%n",
    description = {
      "Every pixel stays what it is; of a BMP the resolution is kept, too. A PNG is encoded again"
          + " with what it has beside its pixels, and kept as it is, with a word, if that does not"
          + " make it smaller or it is an animation. A PNG appears under its name when it is"
          + " complete. In folders, what ends in .bmp or .png is taken."
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:A conversion failed. A line on standard error names the file, the code and the reason;"
          + " no partial PNG is left, and an existing one is as it was.",
      "2:The command line is wrong.",
      "130:Interrupted by Ctrl-C. What has begun is completed; every PNG is whole.",
      "141:Nobody reads standard output any more, as after | head. Ends as for 130, but quietly."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bmp2png scan.bmp                     writes scan.png in the current directory",
      "  bmp2png -r scans -d out              scans/a/b.bmp becomes out/a/b.png",
      "  bmp2png --effort small logo.png -o smaller.png",
      "  bmp2png -r --effort small --strip site/images -d out/images",
      "  png2bmp photo.png -o - | bmp2png - -o same.png"
    })
public final class Bmp2Png extends ConversionCommand {
  @Mixin private final PngOptions png = new PngOptions();

  @Mixin private final DamageOptions damage = new DamageOptions();

  @Mixin private final AboutOptions about = new AboutOptions();

  /** For the tools of picocli, which make completion scripts and manual pages of a command. */
  public Bmp2Png() {
    this(Surroundings.ofProcess(Program.BMP2PNG));
  }

  Bmp2Png(Surroundings surroundings) {
    super(surroundings);
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments as {@code --help} explains them
   */
  public static void main(String[] arguments) {
    System.exit(new Bmp2Png().execute(RawArguments.of(arguments)));
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
    Limits allowed = limits.limits();
    DecodeOptions decode =
        DecodeOptions.defaults().withLimits(allowed).withTolerance(damage.tolerance());
    return new ToPng(decode, png.options(allowed), png.strip);
  }

  @Override
  Integer otherThanConverting() {
    return null;
  }
}
