@echo off
rem The command line of a packaged LPR Studio: plain Node; only "render" starts the application.
setlocal
set "resources=%~dp0.."
where node >nul 2>nul || (echo lpr-studio: the command line needs Node.js 20 or later, and there is no node on the PATH. 1>&2 & exit /b 1)
if not defined LPR_STUDIO_ELECTRON set "LPR_STUDIO_ELECTRON=%resources%\..\LPR Studio.exe"
node "%resources%\app.asar.unpacked\dist\main\cli.cjs" %*
exit /b %errorlevel%
