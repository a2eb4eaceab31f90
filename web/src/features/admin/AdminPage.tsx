/** Administration: sections on the left, what they hold beside them. */
import { Suspense } from "react";
import { Link } from "@/app/Link";
import { useSession } from "@/app/session";
import { useT } from "@/i18n/t";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import styles from "./admin.module.css";
import { sectionsFor } from "./sections";

export default function AdminPage({ params }: { params: { section?: string; id?: string; item?: string } }) {
  const t = useT();
  const { me } = useSession();
  const sections = sectionsFor(me?.roles ?? []);
  const here = params.section ? sections.find((section) => section.id === params.section) : sections[0];
  const Section = here?.page;
  return (
    <Page title={t("shell.admin")} flush>
      <div className={classes(styles.admin, params.section && styles.inside)}>
        <nav className={styles.nav} aria-label={t("admin.sections")}>
          <ul>
            {sections.map(({ id, icon: Icon }) => (
              <li key={id}>
                <Link
                  to={`/admin/${id}`}
                  className={styles.navLink}
                  aria-current={id === here?.id ? "page" : undefined}
                >
                  <Icon size={16} aria-hidden="true" />
                  {t(`admin.section.${id}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {Section && here ? (
          <Suspense fallback={<div aria-busy="true" />}>
            <Section key={here.id} id={params.id} item={params.item} />
          </Suspense>
        ) : (
          <EmptyState title={t("shell.not_yours")} text={t("shell.not_yours_text")} />
        )}
      </div>
    </Page>
  );
}
