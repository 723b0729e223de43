package org.godwit.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.godwit.app.launch.CatalogueSource;
import org.godwit.engine.session.Advisers;
import org.godwit.engine.session.Finding;
import org.godwit.engine.session.Findings;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.policy.PolicyAnswer;
import org.godwit.model.policy.UserPolicy;
import org.godwit.model.scenario.Scenario;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Policies of a user's own, from the example project and from classes that misbehave. */
@Execution(ExecutionMode.CONCURRENT)
class PolicyFolderTest {
  private static final String SERVICE = "META-INF/services/" + UserPolicy.class.getName();
  private static final Path EXAMPLE = Path.of("../docs/policy-example");
  private static final long SECOND = 1_000_000_000L;
  private static final Beliefs NOTHING =
      new Beliefs(0, 1, 1, 10_000, 0, 0, false, false, 0, 0, List.of(), List.of());

  @TempDir static Path built;
  @TempDir Path folder;

  /** One run of the compiler for all of them. */
  @BeforeAll
  static void compile() throws Exception {
    List<Path> sources = new ArrayList<>(javaFiles(EXAMPLE));
    sources.add(moody("calm", "return Verdict.stay(\"calm\");"));
    sources.add(moody("other", "return Verdict.stay(\"other\");"));
    sources.add(moody("angry", "throw new IllegalStateException(\"no\\nmore\");"));
    sources.add(moody("deep", "return decide(beliefs, memory);"));
    sources.add(moody("empty", "return null;"));
    sources.add(moody("asleep", "while (true) { java.util.concurrent.locks.LockSupport.park(); }"));
    sources.add(
        moody("mad", "return Verdict.move(new org.godwit.model.ProcessId(9, 9), 9, \"?\");"));
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    line.addAll(List.of("-proc:none", "-d", built.resolve("classes").toString(), "-cp"));
    line.add(
        place(UserPolicy.class)
            + java.io.File.pathSeparator
            + place(Test.class)
            + java.io.File.pathSeparator
            + place(org.apiguardian.api.API.class));
    sources.forEach(each -> line.add(each.toString()));
    Process javac = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(javac.waitFor()).as(said).isZero();
  }

  /** A policy called "mood" in a package of its own. */
  private static Path moody(String mood, String body) throws IOException {
    Path file = Files.createDirectories(built.resolve("src/" + mood)).resolve("Mood.java");
    return Files.writeString(
        file,
        """
        package %s;
        import org.godwit.model.policy.Verdict;
        public class Mood implements org.godwit.model.policy.UserPolicy {
          @Override public String name() { return "mood"; }
          @Override public Verdict decide(
              org.godwit.model.event.Beliefs beliefs, java.util.List<Long> memory) { %s }
        }
        """
            .formatted(mood, body));
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(each -> each.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  // ---------------------------------------------------------------- the example project

  @Test
  void theTestOfTheExampleProjectPasses() throws Exception {
    URL[] classes = {built.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      Class<?> test = loader.loadClass("example.PatientPolicyTest");
      int run = 0;
      for (Method method : test.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          Constructor<?> constructor = test.getDeclaredConstructor();
          constructor.setAccessible(true);
          method.setAccessible(true);
          method.invoke(constructor.newInstance());
          run++;
        }
      }
      assertThat(run).isEqualTo(3);
    }
  }

  @Test
  void theExampleProjectIsBuiltAgainstThisVersion() throws IOException {
    String ours = Files.readString(Path.of("../pom.xml"));
    String version =
        ours.replaceAll("(?s).*?<artifactId>godwit</artifactId>\\s*<version>(.*?)<.*", "$1");
    assertThat(Files.readString(EXAMPLE.resolve("pom.xml")))
        .contains("<artifactId>godwit-model</artifactId>\n      <version>" + version + "<");
  }

  @Test
  void theExampleBalancesAndItsSessionRunsAgainWithoutIt() throws Exception {
    exampleJar();
    Scenario scenario =
        scenario("seed-spin", "policy=user:patient", "script[0].count=6", "clockDivisor=10000");
    PolicyFolder own = new PolicyFolder(folder);
    assertThat(own.names()).containsExactly("user:patient");
    try (Session session = open(scenario, own)) {
      session.advance(12 * SECOND);
      assertThat(moves(session)).isNotEmpty().allMatch(each -> each == MoveCause.BALANCER);
      assertThat(verdicts(session)).contains("balance.advised", "balance.advised-stay");
      assertThat(loads(session)).hasSize(1);
      assertThat(session.commands().stream().map(CommandRecord::refused)).containsOnlyNulls();
      Decision why = decisions(session).filter(each -> each.chosen() != null).findFirst().get();
      assertThat(why.candidates().getFirst().targets().getFirst().verdict().key())
          .isEqualTo("target.said");
      assertThat(findings(session)).isEmpty();
      RecordedSession recorded = RecordedSession.of(session);
      try (Session again = recorded.recipe().cook(name -> Optional.empty(), 2)) {
        assertThat(again.events(0)).isEqualTo(session.events(0));
        assertThat(again.hashes()).isEqualTo(session.hashes());
        assertThat(again.stateHash()).isEqualTo(session.stateHash());
      }
      // Another future of it asks the class again, and a policy without state says the same.
      try (Session copy = session.recipe(5 * SECOND, before(session, 5)).cook(programs(), 1);
          Session cut = open(scenario, own)) {
        copy.advance(12 * SECOND);
        assertThat(copy.stateHash()).isEqualTo(session.stateHash());
        for (long at = 0; at <= 12 * SECOND; at += 70_030_000) {
          cut.advance(at);
        }
        cut.advance(12 * SECOND);
        assertThat(cut.events(0)).isEqualTo(session.events(0));
      }
    }
  }

  private static int before(Session session, int seconds) {
    return (int)
        session.commands().stream().filter(each -> each.atNanos() <= seconds * SECOND).count();
  }

  @Test
  void ushersOnTopOfIt() throws Exception {
    exampleJar();
    try (Session session =
        open(scenario("lesson-memory", "policy=user:patient+memory"), new PolicyFolder(folder))) {
      session.advance(10 * SECOND);
      assertThat(verdicts(session)).contains("balance.memory", "balance.advised-stay");
      assertThat(decisions(session)).allMatch(each -> each.policy().equals("user:patient+memory"));
    }
  }

  // ---------------------------------------------------------------- what goes wrong

  @Test
  void aClassThatIsReplacedAnswersTheNextTick() throws Exception {
    mood("calm");
    try (Session session = open(mood(), new PolicyFolder(folder))) {
      session.advance(2 * SECOND);
      assertThat(words(session)).isNotEmpty().containsOnly("calm");
      mood("other");
      session.advance(3 * SECOND);
      assertThat(words(session).getLast()).isEqualTo("other");
      assertThat(loads(session)).hasSize(2).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatItThrowsIsAFindingAndNobodyMoves() throws Exception {
    mood("angry");
    PolicyFolder own = new PolicyFolder(folder);
    try (Session session = open(mood(), own)) {
      session.advance(3 * SECOND);
      assertThat(findings(session)).hasSize(1);
      Finding finding = findings(session).getFirst();
      assertThat(finding.kind()).isEqualTo(Finding.Kind.POLICY_FAILED);
      assertThat(finding.words())
          .isEqualTo(
              Problem.of(
                  "own-policy.threw",
                  "mood",
                  "java.lang.IllegalStateException: no more (Mood.java:6)"));
      assertThat(moves(session)).isEmpty();
      mood("calm");
      session.advance(4 * SECOND);
      assertThat(verdicts(session).getLast()).isEqualTo("balance.advised-stay");
      mood("deep");
      session.advance(5 * SECOND);
      assertThat(verdicts(session).getLast()).isEqualTo("own-policy.threw");
      mood("empty");
      session.advance(6 * SECOND);
      assertThat(verdicts(session).getLast()).isEqualTo("own-policy.no-verdict");
      mood("mad");
      session.advance(7 * SECOND);
      assertThat(verdicts(session).getLast()).isEqualTo("balance.advice-stranger");
      Files.writeString(folder.resolve("moods/" + SERVICE), "calm.Mod");
      session.advance(8 * SECOND);
      assertThat(verdicts(session).getLast()).isEqualTo("own-policy.broken");
      Files.delete(folder.resolve("moods/" + SERVICE));
      session.advance(9 * SECOND);
      assertThat(verdicts(session).getLast()).isEqualTo("own-policy.missing");
      assertThat(moves(session)).isEmpty();
    }
  }

  /** The near misses of {@code policy-failed}: an answer that says nobody, and a foolish one. */
  @Test
  void whatAnswersIsNoFinding() throws Exception {
    mood("calm");
    try (Session session = open(mood(), new PolicyFolder(folder))) {
      session.advance(3 * SECOND);
      mood("mad");
      session.advance(6 * SECOND);
      assertThat(verdicts(session)).contains("balance.advised-stay", "balance.advice-stranger");
      assertThat(findings(session))
          .extracting(Finding::kind)
          .doesNotContain(Finding.Kind.POLICY_FAILED);
    }
  }

  @Test
  void oneThatHangsIsSwitchedOffByACommand() throws Exception {
    mood("asleep");
    PolicyFolder own = new PolicyFolder(folder);
    try (Session session = open(mood(), own)) {
      session.advance(3 * SECOND);
      assertThat(verdicts(session)).containsOnlyOnce("own-policy.timeout");
      assertThat(session.view().policy()).isEqualTo("none");
      assertThat(session.commands().getLast().command()).isEqualTo(new Command.SetPolicy("none"));
      // The same class is not asked again, a mended one is.
      session.submit(new Command.SetPolicy("user:mood"));
      session.advance(4 * SECOND);
      assertThat(session.view().policy()).isEqualTo("none");
      mood("calm");
      session.submit(new Command.SetPolicy("user:mood"));
      session.advance(5 * SECOND);
      assertThat(verdicts(session).getLast()).isEqualTo("balance.advised-stay");
    }
  }

  @Test
  void aJarThatIsHalfWrittenIsBrokenUntilItIsWhole() throws Exception {
    Path jar = exampleJar();
    byte[] whole = Files.readAllBytes(jar);
    Files.write(jar, java.util.Arrays.copyOf(whole, 900));
    PolicyFolder own = new PolicyFolder(folder);
    assertThat(own.names()).isEmpty();
    assertThatThrownBy(() -> own.demand("user:patient"))
        .extracting(thrown -> ((ProblemException) thrown).problem().key())
        .isEqualTo("own-policy.broken");
    Files.write(jar, whole);
    assertThat(own.names()).containsExactly("user:patient");
    assertThat(own.ask("patient", NOTHING, List.of()).answer())
        .isInstanceOf(PolicyAnswer.Given.class);
    assertThat(own.code("user:patient+memory")).hasSize(12);
    own.lookIn(folder.resolve("elsewhere").toString());
    assertThat(own.names()).isEmpty();
    own.lookIn("");
    assertThat(own.names()).hasSize(1);
  }

  @Test
  void oneThatIsNotThereIsRefusedWithWhatIs() throws Exception {
    exampleJar();
    PolicyFolder own = new PolicyFolder(folder);
    own.demand("openmosix");
    own.demand("user:patient+memory");
    assertThatThrownBy(() -> own.demand("user:other"))
        .extracting(thrown -> ((ProblemException) thrown).problem())
        .isEqualTo(Problem.of("own-policy.none", "user:other", folder.toString(), "user:patient"));
    assertThat(Session.policies()).doesNotContain("user:patient");
  }

  // ---------------------------------------------------------------- the folder

  private Path exampleJar() throws IOException {
    Path jar = folder.resolve("patient.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      add(entries, SERVICE, EXAMPLE.resolve("src/main/resources/" + SERVICE));
      String name = "example/PatientPolicy.class";
      add(entries, name, built.resolve("classes/" + name));
    }
    return jar;
  }

  private static void add(JarOutputStream jar, String name, Path file) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(Files.readAllBytes(file));
    jar.closeEntry();
  }

  /** A folder of classes whose policy "mood" is in that mood. */
  private void mood(String mood) throws IOException {
    Path place = folder.resolve("moods");
    Files.createDirectories(place.resolve("META-INF/services"));
    Files.createDirectories(place.resolve(mood));
    Path code = place.resolve(mood + "/Mood.class");
    if (!Files.exists(code)) {
      Files.copy(built.resolve("classes/" + mood + "/Mood.class"), code);
    }
    Files.writeString(place.resolve(SERVICE), mood + ".Mood\n");
  }

  // ---------------------------------------------------------------- sessions

  private static Scenario mood() throws Exception {
    return scenario("seed-spin", "policy=user:mood", "clockDivisor=100000");
  }

  private static Scenario scenario(String name, String... settings) throws Exception {
    try (InputStreamReader reader =
        new InputStreamReader(Catalogue.scenario(name).get(), StandardCharsets.UTF_8)) {
      return ScenarioReader.read(name + ".json", reader, List.of(settings));
    }
  }

  private static CatalogueSource programs() {
    return new CatalogueSource(false);
  }

  private static Session open(Scenario scenario, Advisers advisers) throws ProblemException {
    Session session = Session.open(scenario, programs(), SessionOptions.DEFAULT);
    session.consult(advisers);
    return session;
  }

  private static Stream<Decision> decisions(Session session) {
    return session.events(0).stream()
        .map(each -> each.what())
        .filter(Happening.Decided.class::isInstance)
        .map(each -> ((Happening.Decided) each).decision());
  }

  private static List<String> verdicts(Session session) {
    return decisions(session).map(each -> each.verdict().key()).toList();
  }

  private static List<String> words(Session session) {
    return decisions(session).map(each -> each.verdict().arguments().getFirst() + "").toList();
  }

  private static List<String> loads(Session session) {
    return session.events(0).stream()
        .map(each -> each.what())
        .filter(Happening.PolicyLoaded.class::isInstance)
        .map(each -> ((Happening.PolicyLoaded) each).code())
        .toList();
  }

  private static List<MoveCause> moves(Session session) {
    return session.events(0).stream()
        .map(each -> each.what())
        .filter(Happening.Migrated.class::isInstance)
        .map(each -> ((Happening.Migrated) each).migration().cause())
        .toList();
  }

  private static List<Finding> findings(Session session) {
    return new Findings(session.scenario())
        .append(session.events(0), session.samples(0)).stream()
            .filter(each -> each.kind() == Finding.Kind.POLICY_FAILED)
            .toList();
  }
}
