// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.sluse.actor.Actor;
import org.sluse.disclosure.Recipient;
import org.sluse.host.gate.Gate;
import org.sluse.host.location.Locations;
import org.sluse.host.look.Crew;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.host.register.RegisterDocument.RecipientEntry;
import org.sluse.host.register.RegisterView.ActivityText;
import org.sluse.host.register.RegisterView.OffRow;
import org.sluse.host.register.RegisterView.RevisionView;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.problem.SeenVersion;
import org.sluse.tenant.TenantId;

/** The register of the bound tenant: now, then, and what changed in between. Thread-safe; blocks. */
public final class Register {

    private static final Logger LOG = Logger.getLogger(Register.class.getName());
    private static final Actor ITSELF = new Actor(Actor.Kind.SYSTEM, "register", Set.of());

    private final PluginRegistry plugins;
    private final Manifests manifests;
    private final RegisterStore store;
    private final JarNews news;
    private final HostDeclaration host;
    private final Locations locations;
    private final Gate gate;
    private final Binding binding;
    private final Clock clock;
    private final Consumer<Widened> widened;

    Register(PluginRegistry plugins, Manifests manifests, RegisterStore store, JarNews news, HostDeclaration host,
            Locations locations, Gate gate,
            Binding binding,
            Clock clock, Consumer<Widened> widened) {
        this.plugins = plugins;
        this.manifests = manifests;
        this.store = store;
        this.news = news;
        this.host = host;
        this.locations = locations;
        this.gate = gate;
        this.binding = binding;
        this.clock = clock;
        this.widened = widened;
    }

    /** A new jar of a module that the bound tenant wants on declares somebody, or a category, that the tenant has not been told of. */
    public record Widened(PluginId plugin) {}

    /** The register now. */
    public RegisterView now(Language language) {
        var off = plugins.all()
                .stream()
                .filter(one -> !gate.isOn(binding.tenant().id(), one.id()))
                .map(one -> new OffRow(one.id().value(), manifests.text(one.plugin(), "module.name", language),
                        recipients(one.plugin()).stream().map(Recipient::name).toList()))
                .toList();
        var newest = revisions().getLast();
        return RegisterView.of(newest, store.document(newest), clock.instant(), off, language);
    }

    /**
     * The register as it was.
     *
     * @throws ProblemException {@code problem/not-allowed-value} before the clinic was opened
     */
    public RegisterView at(Instant asOf, Language language) {
        var revisions = revisions();
        var then = revisions.reversed()
                .stream()
                .filter(one -> !one.at().isAfter(asOf))
                .findFirst()
                .orElseThrow(() -> ProblemException.notAllowed("/as-of", "as-of",
                        "There is no register as of " + asOf + "; right would be " + revisions.getFirst().at()
                                + " or later"));
        return RegisterView.of(then, store.document(then), asOf, List.of(), language);
    }

    /** Every revision, the newest first, with what it changed; the first changed nothing. */
    public List<RevisionView> revisions(Language language) {
        var views = new ArrayList<RevisionView>();
        var before = (RegisterDocument) null;
        for (var revision : revisions()) {
            var document = store.document(revision);
            views.add(new RevisionView(revision.number(), revision.at(),
                    before == null ? List.of() : Difference.between(before, document, language)));
            before = document;
        }
        return views.reversed();
    }

    /** What changed from one revision to another. @throws ProblemException {@code problem/not-found} for a number that there is not */
    public List<Difference.Change> difference(int from, int to, Language language) {
        var revisions = revisions();
        return Difference.between(store.document(numbered(revisions, from)), store.document(numbered(revisions, to)),
                language);
    }

    /**
     * The whole chain, for whoever wants to verify it without us; docs/register.md says how.
     *
     * @param publicKey Ed25519, PEM
     */
    public record Proof(String tenant, String publicKey, List<Revision> revisions) {}

    /** The chain of the bound tenant, oldest first. */
    public Proof proof() {
        var revisions = revisions();
        return new Proof(binding.tenant().id().value(), store.publicKey(), revisions);
    }

    /** Signs, with the key that signs registers, a statement whose first line says what it is: Ed25519, Base64. */
    public String sign(String statement) {
        return store.sign(statement);
    }

    /** Its public half, PEM. */
    public String publicKey() {
        return store.publicKey();
    }

    /** What was declared from revision to revision, oldest first. Notes nothing anew: what should have been declared and was not is not made good by asking. */
    public List<Declared> declared() {
        return store.upToDate(binding.tenant().id())
                .stream()
                .map(revision -> Declared.of(revision, store.document(revision)))
                .toList();
    }

    /** Who the clinic is in the sense of the law, as it was entered last. */
    public Controller controller() {
        return store.document(revisions().getLast()).controller();
    }

    /** Which version of the clinic's particulars is the newest, for {@link #enter}; up to 16 letters and digits. */
    String controllerVersion() {
        return store.entered(binding.tenant().id());
    }

    /** Enters who the clinic is. @param seen the version that whoever enters it has seen @throws org.sluse.problem.ProblemException as {@link SeenVersion#require} */
    public void enter(SeenVersion seen, Controller controller) {
        store.enter(binding.tenant().id(), seen, controller);
        revisions();
    }

    /**
     * Notes what a module declares with the settings of the bound tenant: before it is switched on, and after settings changed while it is on. Where another jar than the
     * last one declares more, {@link Widened} comes first.
     */
    public void declare(Plugin<?> plugin) {
        var jar = manifests.jar(plugin);
        // A node whose jar is no longer, or not yet, the one in force keeps silent, or two nodes would take turns.
        if (store.isInForce(plugin.id().value(), jar)) {
            var tenant = binding.tenant().id();
            var recipients = new RegisterStore.Recipients(manifests.entries(plugin), Optional.of(jar.fingerprint()));
            if (!store.isTold(tenant, plugin.id().value(), recipients)) {
                tell(tenant, plugin.id(), recipients);
            }
        }
    }

    /**
     * Whether the bound tenant knows that the recipient receives as much as it does now. What a new jar adds is not told before somebody has confirmed it, however long the node that brought the jar takes to
     * reach this tenant.
     *
     * @param recipient id of one that the plugin declares now
     */
    public boolean hasTold(Plugin<?> plugin, String recipient) {
        var now = manifests.entries(plugin).stream().filter(one -> one.id().equals(recipient)).toList();
        return store.told(binding.tenant().id(), plugin.id().value())
                .map(told -> now.stream().allMatch(one -> one.isWithin(told.recipients())))
                .orElse(true);
    }

    /** One at a time: the node that brings a jar and whoever reads a register meanwhile find the same news. */
    private synchronized void tell(TenantId tenant, PluginId plugin, RegisterStore.Recipients recipients) {
        // What the clinic's own settings name it has been asked about; what a jar brings with it has not.
        store.told(tenant, plugin.value())
                .filter(told -> !told.jar().equals(recipients.jar()))
                .filter(told -> !recipients.isWithin(told))
                .ifPresent(told -> widened.accept(new Widened(plugin)));
        store.receives(tenant, plugin.value(), recipients);
    }

    /** The tenant's data rests at another location from now on; in the caller's transaction, of which this takes the revision. To be called once its register is up to date. */
    public void place(Handle handle, TenantId tenant, String location) {
        store.place(handle, tenant, location);
    }

    /** Signs what has changed; called after each change, and what a dead node left undone is made good by the next reader. */
    public void bringUpToDate() {
        revisions();
    }

    /** What this node is configured to, and its jars, are in force from now on. Clinics that have a changed module on will get what it declares now: {@link #spreadNews}. */
    void startsNode() {
        store.host(locations.own().id(), host.read());
        plugins.all().forEach(one -> store.describe(one.id().value(), manifests.jar(one.plugin())));
    }

    /** Brings up to date the registers of clinics that have yet to say what a new jar declares, several at once; those whose jar is the one of this node. Returns when none is left now. */
    void spreadNews() {
        var changed = news.modules()
                .stream()
                .flatMap(module -> plugins.find(module).stream())
                .filter(one -> store.isInForce(one.id().value(), manifests.jar(one.plugin())))
                .map(one -> one.id().value())
                .toList();
        if (!changed.isEmpty()) {
            Crew.work(() -> tellNext(changed));
        }
    }

    private boolean tellNext(List<String> changed) {
        var next = news.next(changed);
        next.ifPresent(one -> gate.tenant(one.tenant())
                .filter(tenant -> binding.<Boolean, RuntimeException>call(tenant, ITSELF,
                        () -> isBroughtUpToDate(plugins.find(one.module()).orElseThrow().plugin())))
                .ifPresent(told -> news.told(one)));
        return next.isPresent();
    }

    private boolean isBroughtUpToDate(Plugin<?> plugin) {
        try {
            declare(plugin);
            bringUpToDate();
            return true;
        } catch (RuntimeException failed) {
            // One clinic's database that is down keeps no other from its revision; it is tried again in a minute.
            LOG.log(Level.WARNING, "register-not-brought-up-to-date tenant={0} plugin={1} cause={2}",
                    new Object[]{binding.tenant().id(), plugin.id(), failed.getClass().getName()});
            return false;
        }
    }

    /** The activity of a plugin in words. */
    public ActivityText activity(Plugin<?> plugin, Language language) {
        var activity = plugin.activity();
        return new ActivityText(manifests.text(plugin, activity.purpose(), language),
                manifests.text(plugin, activity.subjects(), language),
                manifests.data(plugin, language),
                manifests.retention(plugin, language));
    }

    /** Everyone who receives data, or would, with the settings of the bound tenant. */
    public <S extends Record> List<Recipient> recipients(Plugin<S> plugin) {
        return manifests.recipients(plugin);
    }

    /** By id, the legal names of those whom the plugin names whatever a clinic sets. Whom a clinic names in its settings is not among them. */
    public Map<String, String> names(Plugin<?> plugin) {
        return manifests.named(plugin).stream().collect(Collectors.toMap(RecipientEntry::id, RecipientEntry::name));
    }

    private List<Revision> revisions() {
        plugins.all()
                .stream()
                .filter(one -> gate.isOn(binding.tenant().id(), one.id()))
                .forEach(one -> declare(one.plugin()));
        return store.upToDate(binding.tenant().id());
    }

    private static Revision numbered(List<Revision> revisions, int number) {
        return revisions.stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(ProblemException::notFound);
    }
}
