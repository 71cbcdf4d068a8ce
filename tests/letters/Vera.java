// veraPDF on PDF files: PDF/UA-1 and PDF/A-2a, all machine-checkable rules. One line for each file and standard, and each rule that is broken.
//
//   java -cp JARS Vera.java FILE.pdf …      0: all hold; 1: one does not

import java.io.File;
import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

final class Vera {
    private static final PDFAFlavour[] STANDARDS = {PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A};
    /** So many failures are told of a file. */
    private static final int TOLD = 50;

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean allHold = files.length > 0;
        for (String file : files) {
            for (PDFAFlavour standard : STANDARDS) {
                allHold &= holds(new File(file), standard);
            }
        }
        System.exit(allHold ? 0 : 1);
    }

    private static boolean holds(File file, PDFAFlavour standard) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), standard)) {
            ValidationResult result =
                    Foundries.defaultInstance().createValidator(standard, TOLD, true, false, false).validate(parser);
            boolean holds = result.isCompliant() && result.getTotalAssertions() > 0;
            System.out.printf("%s %s: %s, %d checks%n", standard.getId(), file.getName(), holds ? "holds" : "BROKEN", result.getTotalAssertions());
            TreeSet<String> broken = new TreeSet<>();
            for (TestAssertion each : result.getTestAssertions()) {
                if (each.getStatus() == TestAssertion.Status.FAILED) {
                    broken.add("    " + each.getRuleId().getClause() + " " + each.getMessage());
                }
            }
            broken.forEach(System.out::println);
            return holds;
        }
    }
}
