/** From address and session to what is on the screen. */
import { Suspense, useEffect } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { useLocale, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Boundary } from "./Boundary";
import { lazy } from "./fetching";
import { navigate, usePath } from "./router";
import { findRoute, mayOpen, navRoutes, navTarget } from "./routes";
import { useSession } from "./session";
import { Shell } from "./shell/Shell";

const LoginPage = lazy(() => import("./login/LoginPage"));

function Broken() {
  const t = useT();
  return (
    <EmptyState
      wholeScreen
      title={t("shell.broken")}
      text={t("shell.broken_text")}
      action={<Button onPress={() => location.reload()}>{t("shell.reload")}</Button>}
    />
  );
}

function Screen({ path, roles }: { path: string; roles: readonly string[] }) {
  const t = useT();
  const found = findRoute(path);
  const home = navRoutes(roles)[0];
  useEffect(() => {
    if (path === "/" && home) navigate(navTarget(home), { replace: true });
  }, [path, home]);
  if (path === "/") return null;
  if (!found || !mayOpen(found.route, roles)) {
    return (
      <EmptyState
        wholeScreen
        title={t(found ? "shell.not_yours" : "shell.not_found")}
        text={t(found ? "shell.not_yours_text" : "shell.not_found_text")}
        action={home ? <Button onPress={() => navigate(navTarget(home))}>{t("shell.go_home")}</Button> : null}
      />
    );
  }
  const Page = found.route.page;
  return (
    <Boundary key={found.route.path} fallback={<Broken />}>
      <Suspense fallback={<div aria-busy="true" />}>
        <Page params={found.params} />
      </Suspense>
    </Boundary>
  );
}

export function App() {
  const locale = useLocale();
  const { status, me } = useSession();
  const path = usePath();
  return (
    <I18nProvider locale={{ ko: "ko-KR", ja: "ja-JP", en: "en-US" }[locale]}>
      {status === "in" && me ? (
        <Shell me={me}>
          <Screen path={path} roles={me.roles} />
        </Shell>
      ) : (
        <Suspense fallback={null}>
          <LoginPage />
        </Suspense>
      )}
    </I18nProvider>
  );
}
