//! `importlib`, `asyncio`, `inspect`, `time`: what runs the author's file.

use std::rc::Rc;

use super::Made;
use crate::dotted;
use crate::evaluate::call::{self, Args};
use crate::evaluate::function::Code;
use crate::evaluate::machine::{Eval, Machine, Stop};
use crate::evaluate::value::{Object, Value};
use crate::evaluate::{attribute, class, files, import, items, loading, path, search};

/// What such a call gives; `None` for other names.
pub(super) fn call<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Made<'a> {
    Ok(Some(match dotted {
        "asyncio.run"
        | "asyncio.ensure_future"
        | "asyncio.create_task"
        | "asyncio.wait_for"
        | "asyncio.shield" => args.positional.first().cloned().unwrap_or(Value::None),
        "asyncio.gather" => Value::list(args.positional.clone()),
        "anyio.run" | "anyio.from_thread.run" | "asyncio.to_thread" => {
            let Some((callee, given)) = args.positional.split_first() else { return Ok(None) };
            call::value(machine, callee, Args::of(given.to_vec()))?
        }
        "importlib.import_module" => imported(machine, args)?,
        "builtins.__import__" => imported_by_name(machine, args)?,
        "pkgutil.iter_modules" | "pkgutil.walk_packages" => listed(machine, dotted, args)?,
        "importlib.util.find_spec" | "importlib.find_loader" => {
            let name = args.text("name", 0).unwrap_or_default();
            if import::is_there(machine, &name) {
                files::object(machine.at, "importlib.Spec", [("name", Value::Text(name))])
            } else {
                Value::None
            }
        }
        "importlib.util.spec_from_file_location" => spec(machine, args),
        "importlib.util.module_from_spec" => of_spec(machine, args)?,
        "asyncio.new_event_loop" | "asyncio.get_event_loop" | "asyncio.get_running_loop" => {
            files::object(machine.at, "asyncio.Loop", [])
        }
        "asyncio.sleep" => args.get("result", 1).cloned().unwrap_or(Value::None),
        "asyncio.set_event_loop" | "anyio.sleep" => Value::None,
        "asyncio.iscoroutinefunction"
        | "inspect.iscoroutinefunction"
        | "inspect.isfunction"
        | "inspect.isclass"
        | "inspect.ismodule"
        | "inspect.isawaitable"
        | "inspect.iscoroutine"
        | "asyncio.iscoroutine" => match args.positional.first() {
            Some(it) => inspected(machine, dotted, it),
            None => Value::Bool(false),
        },
        "inspect.getdoc" | "inspect.cleandoc" | "inspect.getfile" => {
            documented(machine, dotted, args.positional.first())?
        }
        "inspect.getmembers" => members(machine, args)?,
        "time.time" | "time.time_ns" | "time.monotonic" | "time.perf_counter" => {
            clock(machine, dotted)
        }
        _ => return Ok(None),
    }))
}

/// `importlib.import_module(name)`
fn imported<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let name = args.text("name", 0).unwrap_or_default();
    let scope = machine.modules.get(&machine.main).copied();
    match scope.zip(absolute(&name, args.text("package", 1).as_deref())) {
        Some((scope, name)) => import::module(machine, &name, scope),
        None => Ok(machine.unknown("an imported module")),
    }
}

/// `__import__("a.b")` is `a`; with names to import from it, it is that module.
fn imported_by_name<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let Some(name) = args.text("name", 0) else {
        return Ok(machine.unknown("an imported module"));
    };
    let scope = machine.modules.get(&machine.main).copied();
    let level = args.get("level", 4).and_then(Value::as_int).unwrap_or_default();
    let Some(scope) = scope.filter(|_| level == 0) else {
        return Ok(machine.unknown("an imported module"));
    };
    let whole = import::module(machine, &name, scope)?;
    match args.get("fromlist", 3).map(Value::truth) {
        None | Some(Some(false)) => import::module(machine, dotted::first(&name), scope),
        Some(_) => Ok(whole),
    }
}

/// `pkgutil.iter_modules(path, prefix)`, `pkgutil.walk_packages(path, prefix)`
fn listed<'a>(machine: &mut Machine<'a>, dotted: &str, args: &Args<'a>) -> Eval<'a> {
    let prefix = args.text("prefix", 1).unwrap_or_default();
    let given = args.get("path", 0).cloned().unwrap_or(Value::None);
    let folders = items::of(machine, &given)?.unwrap_or_default();
    let folders: Vec<_> = folders.iter().filter_map(path::text_of).collect();
    let mut out = Vec::new();
    modules(machine, &folders, &prefix, dotted.ends_with("packages"), &mut out)?;
    Ok(Value::list(out))
}

/// `importlib.util.spec_from_file_location(name, path)`
fn spec<'a>(machine: &Machine<'a>, args: &Args<'a>) -> Value<'a> {
    let path = args.get("location", 1).and_then(path::text_of).unwrap_or_default();
    let origin = Value::Text(path);
    let loader = files::object(machine.at, "importlib.Loader", [("origin", origin.clone())]);
    files::object(machine.at, "importlib.Spec", [("origin", origin), ("loader", loader)])
}

/// Where `it` is defined, and what its docstring is.
fn documented<'a>(machine: &mut Machine<'a>, dotted: &str, it: Option<&Value<'a>>) -> Eval<'a> {
    let file = match it {
        Some(Value::Function(it)) => Some(it.file),
        Some(Value::Class(it)) => Some(it.file),
        _ => None,
    };
    match (dotted, file, it) {
        ("inspect.getfile", Some(file), _) => Ok(Value::text(search::file_of(machine, file))),
        ("inspect.getdoc", Some(_), Some(it)) => attribute::get(machine, it, "__doc__"),
        _ => Ok(machine.unknown(format!("the result of `{dotted}`"))),
    }
}

fn clock<'a>(machine: &Machine<'a>, dotted: &str) -> Value<'a> {
    match machine.settings.now {
        #[expect(clippy::cast_precision_loss, reason = "as Python does")]
        Some(now) if dotted == "time.time" => Value::Float(now.as_microsecond() as f64 / 1e6),
        Some(now) if dotted == "time.time_ns" => Value::Int(now.as_nanosecond()),
        _ => machine.unknown_with("the time", "give one by --now"),
    }
}

/// What `inspect` says of a value.
fn inspected<'a>(machine: &Machine<'a>, dotted: &str, it: &Value<'a>) -> Value<'a> {
    Value::Bool(match (dotted.rsplit('.').next().unwrap_or_default(), it) {
        (_, Value::Unknown(_)) => return it.clone(),
        ("isfunction" | "isclass" | "ismodule", Value::Flow(_)) => false,
        // what awaiting gives stands for what is awaited
        ("isawaitable" | "iscoroutine", it) if !matches!(it, Value::Outside(_)) => false,
        (_, Value::Outside(_) | Value::Flow(_)) => {
            return machine.unknown("what something installed is");
        }
        ("iscoroutinefunction", Value::Function(it)) => {
            matches!(it.code, Code::Def(def) if def.is_async && !it.is_generator)
        }
        ("iscoroutinefunction", Value::Method(it)) => {
            return inspected(machine, dotted, &it.function);
        }
        ("isfunction", Value::Function(_))
        | ("isclass", Value::Class(_))
        | ("ismodule", Value::Module(_)) => true,
        _ => false,
    })
}

/// `inspect.getmembers(object, predicate)`: names and values, by name.
fn members<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    let Some(owner) = args.get("object", 0).cloned() else { return Ok(Value::None) };
    let predicate = args.get("predicate", 1).filter(|it| !it.is_none()).cloned();
    let names =
        call::value(machine, &Value::outside("builtins.dir"), Args::of(vec![owner.clone()]))?;
    let Some(names) = items::of(machine, &names)? else {
        return Ok(machine.unknown("the members of something"));
    };
    let mut out = Vec::new();
    for name in names {
        let Some(text) = name.as_text().cloned() else { continue };
        let it = attribute::get(machine, &owner, &text)?;
        let fits = match &predicate {
            Some(callee) => call::value(machine, callee, Args::of(vec![it.clone()]))?.truth(),
            None => Some(true),
        };
        match fits {
            Some(true) => out.push(Value::tuple(vec![name, it])),
            Some(false) => {}
            // a module imports tools, not flows
            None if matches!(it, Value::Outside(_)) => {}
            None => return Ok(machine.unknown(format!("whether `{text}` is a member that counts"))),
        }
    }
    Ok(Value::list(out))
}

/// The whole name of what `import_module(name, package)` imports.
fn absolute(name: &str, package: Option<&str>) -> Option<String> {
    let bare = name.trim_start_matches('.');
    let level = name.len() - bare.len();
    if level == 0 {
        return (!bare.is_empty()).then(|| bare.to_owned());
    }
    let mut parts: Vec<&str> = package?.split('.').collect();
    parts.truncate(parts.len().checked_sub(level - 1)?);
    parts.extend((!bare.is_empty()).then_some(bare));
    Some(parts.join("."))
}

/// `pkgutil.iter_modules(__path__)`: the modules of folders; and those in packages there, for `walk_packages`.
fn modules<'a>(
    machine: &mut Machine<'a>,
    folders: &[Rc<str>],
    prefix: &str,
    deep: bool,
    out: &mut Vec<Value<'a>>,
) -> Result<(), Stop<'a>> {
    for folder in folders {
        for name in files::entries(machine, folder) {
            machine.spend(1)?;
            let stem = name.strip_suffix(".py").filter(|it| *it != "__init__");
            let inner = path::join(folder, &name);
            let init = path::join(&inner, "__init__.py");
            let is_package = matches!(files::at(machine, &init), files::At::File(_));
            let Some(name) = stem.or_else(|| is_package.then_some(&*name)) else { continue };
            let whole = format!("{prefix}{name}");
            let finder = files::object(machine.at, "pkgutil.FileFinder", []);
            let parts = [
                ("module_finder", finder),
                ("name", Value::text(whole.as_str())),
                ("ispkg", Value::Bool(is_package)),
            ];
            out.push(class::named_tuple(machine, "ModuleInfo", parts)?);
            if deep && is_package {
                let below = format!("{whole}.");
                machine.nested(|machine| modules(machine, &[inner.into()], &below, true, out))?;
            }
        }
    }
    Ok(())
}

/// `importlib.util.module_from_spec(spec)`: the module of the bundle, run at once.
fn of_spec<'a>(machine: &mut Machine<'a>, args: &Args<'a>) -> Eval<'a> {
    match args.positional.first() {
        Some(Value::Object(it)) => load(machine, it),
        _ => Ok(machine.unknown("a module that is loaded by its path")),
    }
}

/// What a method of the loader of a spec gives.
pub(super) fn loaded<'a>(machine: &mut Machine<'a>, it: &Object<'a>, name: &str) -> Eval<'a> {
    match name {
        "load_module" => load(machine, it),
        // the module was run when it was made
        "exec_module" => Ok(Value::None),
        _ => Ok(machine.unknown(format!("the result of `{name}` of a loader"))),
    }
}

/// The module that lies at the origin of a spec.
fn load<'a>(machine: &mut Machine<'a>, it: &Object<'a>) -> Eval<'a> {
    let origin = it.fields.borrow().get("origin").and_then(Value::as_text).cloned();
    let file = origin.and_then(|it| match files::at(machine, &it) {
        files::At::File(path) => machine.sources.find(path),
        _ => None,
    });
    match file {
        Some(id) => loading::loaded(machine, id),
        None => Ok(machine.unknown("a module that is loaded by its path")),
    }
}
