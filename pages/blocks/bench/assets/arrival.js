// A page begins at its top. Streamlit leaves the reader where they had scrolled to on the page
// before, often at the bottom of the next one. Back and Forward are no clicks: they keep the place.

const LINKS = "a[data-testid=stSidebarNavLink], a[data-testid=stPageLink-NavLink]";

addEventListener("click", (event) => {
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey; // a new tab, a file
  if (elsewhere || !event.target.closest?.(LINKS)) return;
  document.querySelector("[data-testid=stMain]").scrollTo({ top: 0, behavior: "instant" });
});
