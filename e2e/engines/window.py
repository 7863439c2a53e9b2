"""A window of WebKitGTK that keeps its profile under automation, where MiniBrowser forgets its own.

    python3 window.py PROFILE

Debian's Python runs it, since only that one has GTK. WebKitWebDriver starts it, and it prints what fails to load.
"""

# ruff: noqa: T201, E402
import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2

SIZE = (820, 1180)


def main(profile: Path) -> None:
    kept = WebKit2.WebsiteDataManager(base_data_directory=str(profile), base_cache_directory=str(profile / "cache"))
    context = WebKit2.WebContext(website_data_manager=kept)
    cookies = context.get_cookie_manager()
    cookies.set_persistent_storage(str(profile / "cookies"), WebKit2.CookiePersistentStorage.SQLITE)
    context.set_automation_allowed(True)
    context.connect("automation-started", lambda _, session: begin(context, session))
    Gtk.main()


def begin(context: WebKit2.WebContext, session: WebKit2.AutomationSession) -> None:
    information = WebKit2.ApplicationInfo()
    information.set_name("Reachable")
    session.set_application_info(information)
    session.connect("create-web-view", lambda _: new_view(context))


def new_view(context: WebKit2.WebContext) -> WebKit2.WebView:
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    view.get_settings().set_enable_write_console_messages_to_stdout(True)
    view.connect("load-failed", said_failed)
    view.connect("web-process-terminated", lambda _, why: print(f"ERROR web process ended: {why}", flush=True))
    view.connect("close", lambda _: Gtk.main_quit())
    window = Gtk.Window()
    window.set_default_size(*SIZE)
    window.add(view)
    window.show_all()
    return view


def said_failed(_: WebKit2.WebView, event: WebKit2.LoadEvent, address: str, error: GLib.Error) -> bool:
    print(f"ERROR load failed ({event.value_nick}): {address}: {error.message}", flush=True)
    return False


main(Path(sys.argv[1]))
