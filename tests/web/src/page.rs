//! What only a page has.

use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use handwire::{JsError, export};
use handwire_web::dom::{self, Element};
use handwire_web::location;

export! {
    fn is_page() -> bool {
        dom::is_here()
    }

    /// A list is made, changed and searched.
    fn list(names: Vec<String>) -> Result<Vec<String>, JsError> {
        let list = dom::create("ul")?;
        list.set_attribute("id", "guests")?;
        dom::body().append(&list)?;
        for name in &names {
            let item = dom::create("li")?;
            item.set_text(name);
            list.append(&item)?;
        }
        let mut told = vec![list.text(), format!("{} {}", list.tag(), list.children().len())];
        let items = dom::query_all("#guests li")?;
        items[0].set_class("first", true)?;
        items[0].set_attribute("title", "the <first>")?;
        items[0].insert_before(&items[1])?;
        told.push(format!("{} {:?} {:?}", list.text(), items[0].attribute("title"), items[0].attribute("none")));
        told.push(format!("{} {}", items[0].has_class("first"), items[1].has_class("first")));
        items[0].set_class("first", false)?;
        items[0].remove_attribute("title");
        told.push(format!("{} {:?}", items[0].has_class("first"), items[0].attribute("title")));
        told.push(format!("{}", items[1].next().as_ref() == Some(&items[0])));
        told.push(format!("{}", items[0].parent().as_ref() == Some(&list) && items[0].closest("ul")?.as_ref() == Some(&list)));
        let last = dom::create("b")?;
        items[0].replace_with(&last)?;
        last.append_text("<i>");
        told.push(format!("{} {} {:?}", list.query_all("li")?.len(), list.text(), list.query("em")?));
        list.set_html("<em>by <i>HTML</i></em>");
        told.push(format!("{:?} {}", list.query("em")?.map(|em| em.text()), list.children().len()));
        list.clear();
        list.remove();
        told.push(format!("{} {} {:?}", list.children().len(), list.is_connected(), dom::by_id("guests")));
        Ok(told)
    }

    /// Inputs, and what they show.
    fn form() -> Result<Vec<String>, JsError> {
        let text = dom::create("input")?;
        let tick = dom::create("input")?;
        tick.set_attribute("type", "checkbox")?;
        dom::body().append(&text)?;
        dom::body().append(&tick)?;
        text.set_value("Ada");
        text.focus();
        text.select();
        let mut told = vec![format!("{:?} {:?} {}", text.value(), dom::body().value(), dom::active().as_ref() == Some(&text))];
        text.blur();
        told.push(format!("{}", dom::active().as_ref() == Some(&text)));
        told.push(format!("{} ", tick.checked()));
        tick.click();
        told.push(format!("{} ", tick.checked()));
        tick.set_checked(false);
        tick.set_disabled(true);
        tick.click();
        told.push(format!("{} ", tick.checked()));
        text.set_style("width", "120px");
        text.set_style("box-sizing", "border-box");
        told.push(format!("{} {} {}", text.style("width"), text.rect().width, text.rect().height > 0.0));
        text.set_hidden(true);
        told.push(format!("{}", text.rect().width));
        text.remove();
        tick.remove();
        Ok(told)
    }

    /// What goes wrong, in the platform's words.
    fn wrong(list: &Element) -> Vec<String> {
        let errors = [
            dom::query("..").err(),
            dom::query_all("<").err(),
            dom::create("a b").err(),
            list.set_attribute("=", "").err(),
            list.set_class("a b", true).err(),
            list.closest("..").err(),
            list.append(&dom::root()).err(),
        ];
        errors.into_iter().map(|error| error.map_or_else(|| "no error".into(), |error| error.value().get_as::<String>("name").unwrap_or_default())).collect()
    }

    /// What a function without a `Result` does where there is no page.
    fn body_tag() -> String {
        dom::body().tag()
    }

    fn titled(title: &str) -> String {
        let before = dom::title();
        dom::set_title(title);
        before
    }

    fn address() -> Result<Vec<String>, JsError> {
        let mut told = vec![location::path(), location::query(), location::hash(), format!("{:?} {:?}", location::parameter("a"), location::parameter("b"))];
        location::set_hash("there");
        told.push(location::hash());
        location::push("?a=2")?;
        location::replace("?a=3&b")?;
        told.push(format!("{:?} {:?}", location::parameter("a"), location::parameter("b")));
        told.push(format!("{}", location::href().ends_with("?a=3&b")));
        told.push(format!("{:?}", location::push("https://example.org/").map_err(|error| error.value().get_as::<String>("name"))));
        Ok(told)
    }
}
